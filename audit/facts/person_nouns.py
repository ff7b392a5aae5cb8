"""Which nouns are of people, by how they end: "welders", "florists"."""

from __future__ import annotations

_ENDS = ("ers", "ors", "ists", "ians", "men", "ees", "ants", "kin", "folk", "eons")
_NOT_PEOPLE = frozenset(
    """containers boosters trailers freezers computers meters kilometers kilometres centimeters
    centimetres metres numbers papers letters waters rivers towers bunkers shelters helicopters
    servers carriers tankers flowers orders powers corners chapters sensors motors doors floors
    tractors mirrors errors factors colors colours reactors sectors indicators restaurants
    grants plants elephants variants apartments trees knees bees committees coffees fees
    matters quarters counters others borders centers theaters posters stickers rollers sweaters
    dinners winters summers covers layers lasers tigers oysters transformers loudspeakers
    boilers bumpers burners skyscrapers trawlers bulldozers liters litres shutters barriers
    ladders hammers daggers craters characters disasters encounters answers offers transfers
    newspapers drawers crackers trousers membranes specimens regimens omens semiconductors
    tumors tumours corridors anchors vapors rumors rumours favors favours harbors harbours
    honors honours metaphors degrees guarantees""".split()
)


def by_ending(noun: str) -> bool:
    """Whether a plural is of people by how it ends: "welders", "florists"."""
    return noun.endswith(_ENDS) and len(noun) > 5 and noun not in _NOT_PEOPLE
