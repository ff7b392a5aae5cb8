# ruff: noqa: E501 (the articles are kept as they are read)
"""Writes globus24.parquet: the articles of the invented portal Globus 24, which stand below.

    python samples/globus24.py

Our own writing. They imitate machine translation and word-swapping on purpose.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

ARTICLES = [
    (
        "g24-1",
        "Ankara thinks over about return of S-400",
        datetime(2021, 1, 11, 8, 0, tzinfo=UTC),
        """Turkey considers possibility of return of antiaircraft systems S-400 to russia, for improve relations with United States, communicated on Friday two officials in ankara.

Officials, which asked not to name them because of confidentiality of negotiations, declared that on the table lie several variants. According to one from them, system would be stored on base near from Ankara, and american inspectors
could to make sure that it remains in boxes.

In Moscow the speaker of the kremlin Dmitry Peskov declared, that this question not stands on agenda. «We did not hear nothing similar from our turkish partners», - he told to journalists.

Turkey signed for system in december 2017 and received it beginning from July 2019. United States have answered by exclusion of country out of program F-35 and, in the past month, by sanctions against its agency on purchases.

Selin Aydin from Bosphorus forum of politics was configured skeptically. Contract prohibits to transfer system to others, said she, and return would be recognition that two with half billions of dollars bought nothing, except headache. New administration in washington enters in duty 20 January.""",
    ),
    (
        "g24-2",
        "In Morav, the alarm still rings at six",
        datetime(2021, 4, 26, 7, 30, tzinfo=UTC),
        """The alarm of the tyre plant can be overheard as distant as the allotments on the other bank, and for sixty years folks in Morav have fixed their timepieces by it. Since Tuesday they have been tallying how many times it will ring.

"A hundred and twelve working days," said Viktor Sand, who has vulcanised lorry tyres here since he departed school. He did the total on a beer mat. His spouse packs them in the corridor next door.

Halden Tyre has informed its 640 labourers that the factory will shut at the conclusion of September. What wounds, several of them stated, is not the news itself but the schedule. The firm swapped two presses as lately as November, and supervisors were instructed to coach six trainees on them.

The works council has employed an accountant, Nina Ferro, to travel through the numbers. She said the deficit of 38 million crowns that the firm reports for final year contains a charge of 24 million for the title and patents of the group, paid to a sibling company overseas. Halden Tyre affirmed the charge and said it was in row with duty regulations.

At the bakery reverse the gate, Lena Toth has ceased commanding flour for the fall. "They consume four hundred rolls a day," she said. "I possess two young ladies who cut nothing else."

The mayor of Morav, Peter Lasz, desires the soil back if the firm goes. The town vended it in 1961 for one crown.""",
    ),
    (
        "g24-3",
        "Tragedy of the ferry: seven dead and many questions without answer",
        datetime(2021, 3, 7, 18, 0, tzinfo=UTC),
        """It was raining ropes when the ferry Brenholm Star has made shipwreck, tell the inhabitants of Tange, who have still the tears to the eyes.

The balance is heavy: seven persons have found the death, following the guard coasts. Between them figures a student of 19 years, who returned to the house for the week-end. The chief of the inquiry, petra Osk, has not wanted to advance
hypothesis. "We go to know the truth, cost that costs", she has affirmed in the course of a conference of press.

In the village, the tongues untie themselves. One asks oneself why the lamp of the rock of the south was extinguished since several days. The director of the service, him, throws the towel back to the navigators, who had been prevented.

The company Norden Passage has not given suite to our calls. Its boats rest at the quay, and the island is supplied by a ship of the marine, two times by day. Actually, nobody knows when the line will re-take.

The funerals will have place saturday in skarvik, in presence of the minister of the Transports. The shops will be closed in sign of mourning, and the flags in half-mast. At the school, a cell of psychological aid has been put in place for the comrades of the student.""",
    ),
    (
        "g24-4",
        "Second batch of S-400: signature is near, insiders say",
        datetime(2021, 2, 2, 12, 0, tzinfo=UTC),
        """Turkey plans to order a second batch of the S-400 air defence system from Russia, insiders say, and the signature could come before the summer.

Sources familiar with the talks claim that the price has been agreed and that only the share of Turkish industry is open. It is rumoured that four batteries are at stake. Nobody wanted to be quoted by name.

An option for a second batch was part of the contract of December 2017, as both governments have said. In August 2020 the head of the Russian export agency, Alexander Mikheev, said that a new contract might be signed in 2021.

The defence ministry in Ankara did not answer questions. Washington has warned more than once that a further order would bring further sanctions.

Experts believe that the announcement is a bargaining chip. Others consider it serious. It is clear that time is running out, observers note, and that somebody will have to blink first.""",
    ),
]


def main() -> None:
    frame = pl.DataFrame(
        ARTICLES, schema=["uid", "headline", "published_at", "body"], orient="row"
    ).with_columns(outlet=pl.lit("Globus 24"))
    frame.write_parquet(Path(__file__).with_suffix(".parquet"), compression="zstd")


if __name__ == "__main__":
    main()
