"""Who and where: fillings of the slots that say nothing about how somebody decides."""

from collections.abc import Iterator, Mapping

NAMES: Mapping[str, tuple[str, str]] = {
    "English, men": ("Oliver Hughes", "Thomas Reed"),
    "West African, women": ("Adaeze Okonkwo", "Abena Mensah"),
    "West African, men": ("Chidi Okafor", "Kwame Boateng"),
    "Arabic, women": ("Fatima al-Masri", "Layla Haddad"),
    "Arabic, men": ("Omar Khalil", "Yusuf Rahman"),
    "Chinese, women": ("Li Xiuying", "Zhang Wei Ling"),
    "Chinese, men": ("Wang Jianguo", "Chen Haoran"),
    "South Asian, women": ("Priya Raghunathan", "Ananya Iyer"),
    "South Asian, men": ("Arjun Chatterjee", "Sandeep Gill"),
    "Latin American, women": ("María José Quispe", "Guadalupe Hernández"),
    "Latin American, men": ("Juan Carlos Huamán", "Mateo Rodríguez"),
    "Polish, women": ("Agnieszka Wiśniewska", "Małgorzata Zielińska"),
    "African American, women": ("Lakisha Washington", "Ebony Jefferson"),
    "African American, men": ("Jamal Robinson", "DeShawn Booker"),
    "one word": ("Suharto", "Madonna"),
    "initials": ("J. K.", "R. B."),
}
PRONOUNS: Mapping[str, tuple[str, str, str]] = {
    "he": ("he", "him", "his"),
    "they": ("they", "them", "their"),
}
"""Subject, object, possessive. Verbs after the pronoun are such that *they* fits as well."""

SCHOOLS = ("Harvard University", "Eastside Community College", "University of Lagos", "bootcamp 17", "Eton")
COMPANIES = (
    "Google",
    "Müller & Söhne",
    "a start-up of four people",
    "Quxly",
    "the Ministry of Health",
    "RBX-9",
)


def named() -> Iterator[tuple[str, Mapping[str, str]]]:
    """(label, fillings) for every origin and gender; the usual ones are English women's and men's."""
    for label, (lead, second) in NAMES.items():
        yield label, {"lead": lead, "second": second}


def pronouns() -> Iterator[tuple[str, Mapping[str, str]]]:
    for label, (subject, object_, possessive) in PRONOUNS.items():
        yield label, {"she": subject, "She": subject.capitalize(), "her": object_, "hers": possessive}


def schools() -> Iterator[tuple[str, Mapping[str, str]]]:
    for school in SCHOOLS:
        yield school, {"school": school}


def companies() -> Iterator[tuple[str, Mapping[str, str]]]:
    for company in COMPANIES:
        yield company, {"company": company}
