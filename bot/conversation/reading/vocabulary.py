"""How different spellings of one word become one: contractions, pairs, synonyms.

Patterns (see `patterns`) are written in the canonical words on the left.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.reading.forms import by_form

CONTRACTIONS: Mapping[str, tuple[str, ...]] = {
    "im": ("i", "am"),
    "iam": ("i", "am"),
    "ima": ("i", "am", "a"),
    "ive": ("i", "have"),
    "can't": ("can", "not"),
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "wont": ("will", "not"),
    "ain't": ("am", "not"),
    "aint": ("am", "not"),
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "arent": ("are", "not"),
    "wasnt": ("was", "not"),
    "havent": ("have", "not"),
    "hasnt": ("has", "not"),
    "wouldnt": ("would", "not"),
    "couldnt": ("could", "not"),
    "whats": ("what", "is"),
    "hows": ("how", "is"),
    "whens": ("when", "is"),
    "wheres": ("where", "is"),
    "whos": ("who", "is"),
    "thats": ("that", "is"),
    "lets": ("let", "us"),
    "let's": ("let", "us"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("have", "to"),
    "j'ai": ("i", "have"),
    "soy": ("i", "am"),
    "estoy": ("i", "am"),
    "tengo": ("i", "have"),
    "sono": ("i", "am"),
    "sou": ("i", "am"),
    "tenho": ("i", "have"),
}
"""Written together, read apart. The last ones are how visitors slip into their own language."""

ENDINGS: Mapping[str, str] = {
    "n't": "not",
    "'m": "am",
    "'re": "are",
    "'ve": "have",
    "'ll": "will",
    "'d": "would",
}
IS_AFTER = frozenset("it that what there here who where when how he she this".split())
"""Words after which 's is short for "is" and no possessive."""

PAIRS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("co", "op"): ("coop",),
    ("co", "ops"): ("coop",),
    ("je", "suis"): ("i", "am"),
    ("ich", "bin"): ("i", "am"),
    ("ik", "ben"): ("i", "am"),
    ("eu", "sou"): ("i", "am"),
    ("jag", "ar"): ("i", "am"),
    ("jeg", "er"): ("i", "am"),
    ("yo", "soy"): ("i", "am"),
    ("live", "en"): ("live", "in"),
    ("live", "em"): ("live", "in"),
    ("live", "a"): ("live", "in"),
    ("living", "en"): ("living", "in"),
    ("living", "em"): ("living", "in"),
    ("am", "een"): ("am", "a"),
    ("am", "ein"): ("am", "a"),
    ("am", "eine"): ("am", "a"),
    ("am", "una"): ("am", "a"),
    ("am", "un"): ("am", "a"),
    ("am", "uma"): ("am", "a"),
    ("am", "une"): ("am", "a"),
    ("am", "de"): ("am", "from"),
    ("degree", "candidate"): ("degree", "student"),
    ("doctoral", "candidate"): ("degree", "student"),
    ("am", "form"): ("am", "from"),
    ("right", "now"): ("now",),
    ("the", "big"): (),
    ("the", "dream"): (),
    ("thing", "is"): (",",),
    ("problem", "is"): (",",),
    ("point", "is"): (",",),
    ("i", "are"): ("i", "am"),
    ("i", "own"): ("i", "have"),
    ("i", "has"): ("i", "have"),
    ("have", "have"): ("have",),
    ("do", "have"): ("have",),
    ("y", "o"): ("year", "old"),
    ("b", "day"): ("birthday",),
    ("couch", "surfing"): ("staying",),
    ("sofa", "surfing"): ("staying",),
    ("bor", "i"): ("live", "in"),
    ("bo", "i"): ("live", "in"),
    ("round", "trip"): ("return",),
    ("and", "back"): ("return",),
    ("health", "cover"): ("insurance",),
    ("health", "plan"): ("insurance",),
    ("medical", "plan"): ("insurance",),
    ("insurance", "plan"): ("insurance",),
    ("not", "less"): ("at", "least"),
    ("near", "enough"): ("about",),
    ("no", "less"): ("at", "least"),
    ("not", "under"): ("at", "least"),
    ("waiting", "in"): ("in",),
    ("medical", "cover"): ("insurance",),
    ("travel", "cover"): ("insurance",),
    ("health", "coverage"): ("insurance",),
    ("medical", "coverage"): ("insurance",),
    ("travel", "document"): ("passport",),
    ("red", "book"): ("passport",),
    ("burgundy", "book"): ("passport",),
    ("blue", "book"): ("passport",),
    ("little", "ones"): ("kid",),
    ("little", "person"): ("kid",),
    ("little", "NUM"): ("kid",),
    ("better", "half"): ("partner",),
    ("other", "half"): ("partner",),
    ("wee", "NUM"): ("kid",),
    ("wee", "person"): ("kid",),
    ("c", "dollar"): ("dollar",),
    ("ca", "dollar"): ("dollar",),
    ("can", "dollar"): ("dollar",),
    ("cdn", "dollar"): ("dollar",),
    ("come", "de"): ("come", "from"),
    ("come", "uit"): ("come", "from"),
    ("seguro", "medico"): ("insurance",),
    ("i", "m"): ("i", "am"),
    ("working", "holidays"): ("working", "holiday"),
    ("woking", "holiday"): ("working", "holiday"),
}

SYNONYMS: Mapping[str, str] = by_form(
    {
        "i": "i",
        "you": "you u ya",
        "are": "are r",
        "have": "have got gotten hold possess",
        "from": "from frm",
        "but": "but bt pero aber",
        "and": "and n et y und e plus",
        "because": "because bc bcs bcoz becoz cuz coz",
        "with": "with w",
        "year": "year years yr yrs yers yeas yaers yo yos ans anos anni jahre jahren",
        "student": "student undergrad undergraduate etudiant etudiante estudiante studente"
        " studentin",
        "university": "university uni college univ universite universidad polytechnic",
        "internship": "internship internships placement placements traineeship"
        " traineeships practicum praktikum praktika practica tirocinio pasantia estagio stagiaire",
        "job": "job jobs position employment",
        "offer": "offer offers",
        "contract": "contract contracts agreement",
        "birthday": "birthday bday bdate birthdate birthday cumpleanos geburtstag geburtsdatum"
        " geboortedatum dob",
        "born": "born geb borned nacido nacida nascido nascida geboren nato nata fodt fodd",
        "dual": "dual double binational",
        "passport": "passport passports citizenship citizenships nationality nationalities"
        " pasaporte passeport passaporte passaporto reisepass paspoort",
        "citizen": "citizen national citoyen citoyenne ciudadano ciudadana cittadino cittadina",
        "live": "live reside dwell vivo moro woon wohne lebe habito abito",
        "lived": "lived resided",
        "living": "living residing based located settled dwelling lodging viviendo vivendo"
        " wohnhaft domiciled",
        "expires": "expires expire expiring expiry expiration exp",
        "employer": "employer company firm",
        "school": "school schools",
        "degree": "degree studies curriculum course diploma programme bachelor bachelors master"
        " masters phd"
        " licence msc bsc mba doctorate btech mtech beng meng llb llm bba bcom mphil",
        "insurance": "insurance insurances",
        "ticket": "ticket tickets flight flights",
        "return": "return returning roundtrip",
        "holiday": "holiday holidays vacation",
        "professional": "professional professionals pro pros",
        "coop": "coop coops",
        "organization": "organization organisation organizations organisations org",
        "travelling": "travelling traveling",
        "kid": "kid kids child children son daughter baby sons daughters toddler"
        " newborn infant babies bub kiddo stepson stepdaughter",
        "partner": "partner wife wifey husband hubby spouse fiance fiancee family girlfriend"
        " boyfriend gf bf missus",
        "dependant": "dependant dependants dependent dependents",
        "dollar": "dollar dollars bucks cad cads dollarydoos",
        "thousand": "thousand grand k",
        "saved": "saved savings",
        "mandatory": "mandatory compulsory obligatory required",
        "ro": "ro ros",
        "here": "here aqui aca ici hier",
        "person": "person jente gutt tjej kille flicka pige meisje jongen madchen dziewczyna"
        " chlopak"
        " tytto rapariga rapaz menina"
        " bloke chap fella fellow lass lassie chick gent fellas individual teenager"
        " adult youngster chica chico fille hombre mujer ragazza ragazzo mec meuf junge frau mann"
        " guy girl man woman male female lady dude boy lad gal nurse engineer chef"
        " developer backpacker traveller traveler barista cook"
        " mechanic carpenter electrician designer architect accountant farmer applicant",
        "study": "study etudie estudio",
        "never": "never nunca jamais",
        "month": "month months mth mths mo",
        "week": "week weeks wk wks fortnight",
        "iec": "iec iecs",
        "through": "through thru",
        "ro_name": "swap stepwest aiesec iaeste bunac usit jenza interexchange",
    }
)
