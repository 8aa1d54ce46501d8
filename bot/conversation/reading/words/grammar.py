"""Words that build sentences: who speaks, what asks, what supposes, what is left out."""

from __future__ import annotations

TAGS = frozenset(
    "is it that this ok okay fine possible right still enough good a no problem correct too old"
    " late young am are we i eligible or not yes allowed can could me for alright valid does do"
    " grand work yeah all stil to apply same rules rule go chances odds".split()
)
"""Words of a question that only asks whether what was said will do."""

WH_WORDS = frozenset("what when where who whom whose why which how".split())
AUXILIARIES = frozenset(
    "can could do does did is are am was were will would should shall may might must have has"
    " had".split()
)
SUBJECTS = frozenset(
    "i you we they he she it there this that these those the my your our their a an any anyone"
    " anybody someone people somebody".split()
)
"""What follows an auxiliary that opens a question."""

PERSONS = frozenset("i you we they he she it".split())

HYPOTHETICAL = frozenset(
    "if when whether unless until till once suppose supposing assuming imagine after before"
    " wish say"
    " would prove proof show evidence assume pretend presume".split()
)
"""Words that make what follows, up to a comma, no statement about today."""

FUNCTION_WORDS = frozenset(
    "a an the and or but so if then than as at by for from in into of on onto to with without about"
    " through via under over above below between until till since before after during i you"
    " he she it we they me him her us"
    " them my your his its our their this that these those who whom whose which what when"
    " where why how is am are was were be"
    " been being do does did have has had can could will would shall should may might must"
    " not no nor never none any some all"
    " both every each there here because while almost nearly around approximately roughly"
    " close approaching (i) (my) (we)".split()
)
"""Words that hold a sentence together; a pattern's `~` is any word that is not one of them."""

LEFT_OUT_WITH_AM = frozenset(
    "going looking searching finishing doing completing travelling coming moving interested"
    " applying hoping waiting taking bringing enrolled registered turning living studying"
    " working".split()
)
"""Verbs before which people leave out "I am"."""
LEFT_OUT_BEFORE_AT_THE_START = frozenset(
    "have had did done graduated finished completed left received signed accepted found landed"
    " dropped bought booked turned applied saved used want been participated took"
    " moved relocated".split()
)
LEFT_OUT_BEFORE = LEFT_OUT_BEFORE_AT_THE_START | frozenset(
    "live study attend work carry do will".split()
)
"""Verbs before which people leave out "I"; at the start of a sentence some would be orders."""
