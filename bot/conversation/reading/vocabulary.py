"""How different spellings of one word become one: contractions, synonyms, number words, months.

Patterns (see `patterns`) are written in the canonical words on the left.
"""

from __future__ import annotations

from collections.abc import Mapping


def _by_form(table: Mapping[str, str]) -> dict[str, str]:
    return {form: word for word, forms in table.items() for form in forms.split()}


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
    ("i", "are"): ("i", "am"),
    ("i", "own"): ("i", "have"),
    ("i", "has"): ("i", "have"),
    ("have", "have"): ("have",),
    ("do", "have"): ("have",),
    ("y", "o"): ("year", "old"),
    ("round", "trip"): ("return",),
    ("and", "back"): ("return",),
    ("health", "cover"): ("insurance",),
    ("medical", "cover"): ("insurance",),
    ("travel", "cover"): ("insurance",),
    ("health", "coverage"): ("insurance",),
    ("medical", "coverage"): ("insurance",),
    ("travel", "document"): ("passport",),
    ("little", "ones"): ("kid",),
    ("little", "person"): ("kid",),
    ("two", "way"): ("return",),
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

SYNONYMS: Mapping[str, str] = _by_form(
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
        " wohnhaft",
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
        "person": "person bloke chap fella fellow lass lassie chick gent fellas individual teenager"
        " adult youngster chica chico fille hombre mujer ragazza ragazzo mec meuf junge frau mann"
        " guy girl man woman male female lady dude boy lad gal nurse engineer chef"
        " developer backpacker traveller traveler barista cook"
        " mechanic carpenter electrician designer architect accountant farmer applicant",
        "study": "study etudie estudio",
        "never": "never nunca jamais",
        "month": "month months mth mths mo",
        "week": "week weeks wk wks",
        "iec": "iec iecs",
        "through": "through thru",
        "ro_name": "swap stepwest aiesec iaeste bunac usit jenza interexchange",
    }
)

CURRENCIES = _by_form(
    {
        "USD": "usd",
        "EUR": "euro euros eur",
        "GBP": "pound pounds gbp quid sterling",
        "OTHER": "yen jpy won krw peso pesos clp mxn rupee rupees inr aud nzd chf franc"
        " francs krona kronor"
        " sek nok dkk krone kroner pln zloty zlotys czk real reais brl yuan rmb cny hkd twd",
    }
)
CURRENCY_SIGNS: Mapping[str, str] = {
    "€": "EUR",
    "£": "GBP",
    "¥": "OTHER",
    "₩": "OTHER",
    "₹": "OTHER",
}

SMALL_NUMBERS: Mapping[str, int] = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS: Mapping[str, int] = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}

MONTHS: Mapping[str, int] = {
    form: number
    for number, forms in enumerate(
        (
            "january jan enero janvier januar januari gennaio janeiro",
            "february feb febuary febrero fevrier februar februari febbraio fevereiro",
            "march mar mars marzo marz maart marco",
            "april apr abril avril aprile",
            "may mayo mai maio mei maggio",
            "june jun junio juin juni giugno junho",
            "july jul julio juillet juli luglio julho",
            "august aug agosto aout augustus augusti",
            "september sep sept septiembre septembre settembre setembro",
            "october oct octubre octobre oktober ottobre outubro",
            "november nov noviembre novembre novembro",
            "december dec diciembre decembre dezember desember dicembre dezembro",
        ),
        start=1,
    )
    for form in forms.split()
}

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())

GREETINGS = frozenset(
    "hi hii hello helo hallo heya hey hiya hola bonjour ciao ok okay so well please um uh btw"
    " yo".split()
)
"""Words before a sentence's first real word."""

GREETINGS_ELSEWHERE = frozenset(
    "lads guys folks mates"
    " buenas buenos moin servus gruss grussgott gruezi salam salaam kia g'day gday howdy hej hei"
    " heihei hai oi oii ola salut ahoj cau czesc aloha namaste konnichiwa annyeong sup yo sziasztok"
    " szia tere sveiki labas zdravo bok merhaba ahlan yassou saluti dia oy hiii heyy heyyy helloo"
    " holaa holi heyo hullo ello greetings good dear pura tena sawubona bonsoir buongiorno"
    " goedendag kumusta mabuhay ok".split()
)
GREETED = frozenset(
    "there all everyone everybody guys team folks lads mate mates again friends friend sir madam"
    " morning afternoon evening day euch ora vida dias tardes noches alaikum aleikum dhuit people"
    " iec dia koutou katoa".split()
)
"""Whom a greeting is for, and when: "hi there", "good morning all"."""

TAGS = frozenset(
    "is it that this ok okay fine possible right still enough good a no problem correct too old"
    " late young am are we i eligible or not yes allowed can could me for alright valid does do"
    " grand work yeah all stil to apply".split()
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
    "looking searching finishing doing completing travelling coming moving interested applying"
    " hoping waiting taking bringing enrolled registered turning living studying working".split()
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
