"""How the HTML report looks: one stylesheet, light and dark, on a screen and on paper."""

CSS = """
:root{--ink:#1d2329;--soft:#5b6672;--paper:#fff;--wash:#f5f6f8;--line:#d9dee4;--link:#0b57a4;
--good:#2a7147;--warn:#955800;--bad:#b3261e;--goodwash:#e6f3ea;--warnwash:#fdf1dc;
--badwash:#fbe6e4;--bar:#7aa7d4;--mark1:#eef1f4;--mark2:#fdeec9;--mark3:#fad4d0}
@media(prefers-color-scheme:dark){:root{--ink:#e4e8ec;--soft:#a4afba;--paper:#14181c;
--wash:#1c2228;--line:#333c45;--link:#7db7f0;--good:#7ccb98;--warn:#e9b25a;--bad:#f2938c;
--goodwash:#1a2e22;--warnwash:#33280f;--badwash:#3a1e1c;--bar:#4e7fae;--mark1:#262d34;
--mark2:#4a3b12;--mark3:#5a2723}}
*{box-sizing:border-box}
html{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
color:var(--ink);background:var(--paper)}
body{max-width:72rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
h1{font-size:1.05rem;letter-spacing:.02em;color:var(--soft);font-weight:600;margin:0}
h2{font-size:1.35rem;margin:2.75rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.4rem 0 .35rem;overflow-wrap:anywhere}
p{margin:.4rem 0}a{color:var(--link)}
.lead{font-size:1.5rem;line-height:1.35;font-weight:600;margin:.35rem 0 1rem;max-width:52rem}
.why{color:var(--soft);max-width:60rem}
nav ul{list-style:none;padding:0;margin:0 0 1rem;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem}
.counts{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));
gap:.75rem;margin:1rem 0 .75rem}
.counts div{background:var(--wash);border-radius:.5rem;padding:.6rem .9rem}
.counts dt{font-size:.9rem}.counts dd{margin:0}
.counts b{font-size:1.15rem;line-height:1.3;display:block}
.counts span{color:var(--soft);font-size:.9rem;display:block}
.gate{border:1px solid var(--line);border-radius:.5rem;padding:.3rem .9rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.95rem}
caption{text-align:left;color:var(--soft);padding:.25rem 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .6rem;border-bottom:1px solid var(--line)}
th{font-weight:600}tr.source th,tr.source td{border-bottom:0;padding-bottom:0}
thead th{color:var(--soft);font-size:.85rem}
tbody th{overflow-wrap:anywhere}thead th:first-child{width:34%}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
tr.more td{padding-top:.1rem}
.scores>li{margin:.35rem 0}.sum{width:auto;font-size:.9rem}.sum td{padding:.1rem .6rem;border:0}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
.range{white-space:nowrap;font-variant-numeric:tabular-nums}
.range svg{display:block;width:100%;max-width:9rem;min-width:4.5rem;height:.7rem;margin-top:.25rem}
.range .none{white-space:normal}
.track{fill:var(--line)}.likely{fill:var(--bar)}.value{fill:var(--ink)}
.none{color:var(--soft)}
details{margin:.35rem 0}summary{cursor:pointer;color:var(--link)}
summary h3{display:inline;color:var(--ink)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
:target{scroll-margin-top:1rem;background:var(--mark2);outline:.3rem solid var(--mark2)}
.id{overflow-wrap:anywhere}.what{font-weight:600;overflow-wrap:anywhere}
.against{margin:.8rem 0}.head{margin-bottom:-.6rem}
q{quotes:"“" "”" "“" "”"}
ul,ol{padding-left:1.3rem;margin:.3rem 0}li{margin:.2rem 0}
blockquote{margin:.3rem 0;padding:.35rem .8rem;border-left:3px solid var(--line);
overflow-wrap:anywhere}
.tag{display:inline-block;border-radius:.25rem;padding:.05rem .45rem;font-size:.82rem;
background:var(--wash);color:var(--soft);white-space:nowrap}
.tag.bad{background:var(--badwash);color:var(--bad)}.tag.warn{background:var(--warnwash);color:var(--warn)}
.tag.good{background:var(--goodwash);color:var(--good)}
.two{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
.two>*{min-width:0}
.days,.run{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.15rem 1rem}
.days dt,.run dt{color:var(--soft);font-variant-numeric:tabular-nums}
.days dd,.run dd{margin:0;min-width:0;overflow-wrap:anywhere}
.days blockquote,.days p,.side blockquote{border:0;padding:0;margin:0}.days p{font-size:.9rem}
.days blockquote,.days p{display:inline}.days p{margin-left:.6rem}
.days blockquote::before,.side blockquote::before{content:"“"}
.days blockquote::after,.side blockquote::after{content:"”"}
@media(max-width:50rem){.two{grid-template-columns:1fr}.head+.head,.wide{display:none}
.range{white-space:normal}th,td{padding:.4rem .35rem;overflow-wrap:anywhere}
thead th{overflow-wrap:normal}
.range svg{min-width:4rem}.days{grid-template-columns:1fr}}
.side{background:var(--wash);border-radius:.5rem;padding:.6rem .8rem;overflow-wrap:anywhere}
.side p{font-size:.9rem;margin:.3rem 0 0}
.article{white-space:pre-wrap;overflow-wrap:anywhere;font-family:Georgia,"Noto Serif",serif;
background:var(--wash);border-radius:.5rem;padding:1rem;max-width:46rem}
mark{color:inherit;border-radius:.15rem;padding:0 .1rem}
mark.s1{background:var(--mark1)}mark.s2{background:var(--mark2)}mark.s3{background:var(--mark3)}
mark.x{background:var(--mark3);font-weight:600}
sup a{text-decoration:none}
@media print{body{max-width:none;padding:0;font-size:11pt}nav{display:none}
a{color:inherit;text-decoration:none}.against,.side,li{break-inside:avoid}
h2,h3{break-after:avoid}summary{list-style:none}
tr.more:not(:has([open])){display:none}#copies details::details-content{content-visibility:visible;
display:block;block-size:auto}}
"""
