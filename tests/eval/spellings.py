"""Words that British and American houses spell differently, made from stems; for fitting."""

from __future__ import annotations

_OUR = """arm ard behavi clam clang col demean endeav fav ferv flav glam harb hon hum lab neighb od
parl ranc rig rum sav splend succ tum val vap vig""".split()
_OUR_ENDS = "|s|ed|ing|able|ably|ite|ites|ful|hood|hoods|ly|al|er|ers|less|ism".split("|")
_ISE = """agon alphabet anaesthet antagon apolog author baptis bastard brutal burglar cannibal
canon capital categor central character civil colon commerc commercial computer conceptual
container contextual criminal critic crystall custom decentral decriminal dehuman demilitar demobil
democrat demon demoral depersonal depressur deregular destabil digit disorgan dramat econom
editorial emphas energ epitom equal eternal euthan fantas familiar fertil fictional final formal
fossil fraternal galvan general ghetto global glamor harmon homogen hospital hypnot hypothes
ideal idol immobil immortal immun individual industrial initial institutional internal ital
international
jeopard lega legal legitim liberal lion local magnet marginal material maxim mechan memor mesmer
militar minim mobil modern monetar monopol moral national natural neutral normal notar optim organ
ostrac oxid parad passion pastor patron penal personal plagiar polar politic popular pressur prior
priorit privat psycho public pulver radical random rational real recogn recoloni regular rehydrat
reorgan revital revolution romantic sanit satir scandal scrutin secular sensational sensit serial
sexual social special stabil standard steril stigmat subsid summar symbol sympath synchron synthes
terror theor trauma traumat trivial tyrann urban utilit util vandal verbal victim visual vocal
western""".split()
_LL = """cancel channel counsel dial duel enamel equal fuel funnel gruel grovel initial label level
libel marshal marvel medal model panel pedal pencil quarrel refuel remodel rival shovel shrivel
signal snivel spiral stencil swivel total towel travel trowel tunnel unravel yodel""".split()
_PAIRS = """centre/center theatre/theater metre/meter litre/liter kilometre/kilometer fibre/fiber
centimetre/centimeter millimetre/millimeter calibre/caliber spectre/specter lustre/luster
sabre/saber programme/program defence/defense offence/offense pretence/pretense catalogue/catalog
dialogue/dialog cheque/check tyre/tire kerb/curb storey/story plough/plow sceptic/skeptic
mum/mom moustache/mustache manoeuvre/maneuver artefact/artifact instalment/installment
enrolment/enrollment mould/mold aeroplane/airplane neighbourhood/neighborhood colourist/colorist
favourite/favorite honourable/honorable labourer/laborer saviour/savior behaviourist/behaviorist
sceptre/scepter foetus/fetus haemorrhage/hemorrhage gramme/gram traveller/traveler
modeller/modeler organiser/organizer""".split()
_SINGLE = """whilst/while amongst/among grey/gray ageing/aging learnt/learned burnt/burned
spelt/spelled dreamt/dreamed leant/leaned towards/toward sceptical/skeptical scepticism/skepticism
fulfil/fulfill fulfils/fulfills skilful/skillful wilful/willful marvellous/marvelous
jewellery/jewelry aluminium/aluminum maths/math pyjamas/pajamas cosy/cozy anaesthetic/anesthetic
paediatric/pediatric leukaemia/leukemia diarrhoea/diarrhea oestrogen/estrogen practising/practicing
practised/practiced unpractised/unpracticed analyse/analyze analysed/analyzed
analysing/analyzing paralysed/paralyzed paralysing/paralyzing paralyse/paralyze
catalyse/catalyze licence/license tonne/ton tonnes/tons meagre/meager sombre/somber
judgement/judgment acknowledgement/acknowledgment
behavioural/behavioral unfavourable/unfavorable dishonourable/dishonorable colourful/colorful
colourless/colorless humourless/humorless labouring/laboring manoeuvring/maneuvering
manoeuvred/maneuvered favourable/favorable favourably/favorably favouritism/favoritism
neighbouring/neighboring backwards/backward afterwards/afterward""".split()
# What both write, or what is another word in one of them.
_COMMON = """while among learned burned check tire curb story checks tires curbs stories spelled
tons ton gram grams license practicing practiced meter meters program
dreamed leaned glamour gramme practised practising backward saber initialed""".split()


def spellings() -> tuple[list[str], list[str]]:
    """What only British, and what only American houses write, in order."""
    british, american = set(), set()
    for stem in _OUR:
        for end in _OUR_ENDS:
            british.add(f"{stem}our{end}")
            american.add(f"{stem}or{end}")
    for stem in _ISE:
        for end in "e es ed ing er ers ation ations able".split():
            british.add(f"{stem}is{end}")
            american.add(f"{stem}iz{end}")
    for stem in _LL:
        for end in ("ed", "ing", "er", "ers", "ings"):
            british.add(f"{stem}l{end}")
            american.add(stem + end)
    for pair in _PAIRS:
        for end in ("", "s"):
            one, other = pair.split("/")
            british.add(one + end)
            american.add(other + end)
    for pair in _SINGLE:
        one, other = pair.split("/")
        british.add(one)
        american.add(other)
    shared = (british & american) | set(_COMMON)
    return sorted(british - shared), sorted(american - shared)
