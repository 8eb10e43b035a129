"""What the private hint sees and what it passes over, on sentences of people who care [PR-3]."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commands.hints_rules import LONGEST, look

SEEN = {
    "Elle est née le 12 mars 2009, quelqu'un connaît sa famille?": "birth",
    "Garçon né le 3/04/2015, fièvre depuis hier.": "birth",
    "Patiente, DDN : 1954-07-21, sous anticoagulant": "birth",
    "date de naissance 21 juillet 1954": "birth",
    "né(e) le 1er août": "birth",
    "Born on March 12, 2009, he has missed six weeks.": "birth",
    "DOB: 03/04/2015": "birth",
    "Her date of birth is 4 May 1988.": "birth",
    "La carte dit TREM 5407 2114, valide?": "insurance",
    "NAM TREM54572114": "insurance",
    "trem 5457 2114 ne passe pas au portail": "insurance",
    "Sécu 2 54 07 75 123 456 22": "insurance",
    "NIR 185097512345640": "insurance",
    "son numéro : 1 55 08 2A 123 456 96": "insurance",
    "Voir le dossier 123456, il manque la feuille rouge.": "record",
    "dossier no 48-2211": "record",
    "Dossier médical n° A-88213 à compléter": "record",
    "MRN 0045512 has no allergies noted": "record",
    "chart #88213, please": "record",
    "file number 442187 is missing": "record",
    "IPP : 8001234567": "record",
    "patient 448812 vu ce matin": "record",
    "M.T., 14 ans, ne mange plus à la cafétéria.": "initials",
    "J. B. (8 ans) refuse le vaccin": "initials",
    "MT, 14 ans, fugue répétée": "initials",
    "J.B., 8 years, refuses to eat": "initials",
    "Une élève de 14 ans, L.P., vient chaque jour": "initials",
    "Âgée de 84 ans, elle vit seule à Saint-Tite.": "age-place",
    "Un garçon de 12 ans de Forestville a tout perdu.": "age-place",
    "J'ai une élève de 15 ans enceinte, à Chibougamau": "age-place",
    "À Natashquan, un bébé de 3 mois avec la coqueluche": "age-place",
    "Homme âgé de 47 ans, pêcheur près de Gaspé": "age-place",
    "A 12-year-old boy from Forestville broke his arm.": "age-place",
    "An 84 yo lady in Bonaventure lives alone": "age-place",
    "In Kuujjuaq, a girl aged 9 has not been at school": "age-place",
    "La mère peut être jointe au 418 555-0134.": "telephone",
    "Appelez la tante : (514) 555-0199": "telephone",
    "son cell 450.555.0123": "telephone",
    "Le père : 06 12 34 56 78": "telephone",
    "Call her son, +1 418-555-0134": "telephone",
    "joindre la famille au +33 6 12 34 56 78": "telephone",
    "Marie_Tremblay.jpg": "image",
    "Voici la radio : Jean-Dupont_bras.png": "image",
}
PASSED_OVER = (
    "Bonjour tout le monde! Quelqu'un a un gabarit pour les plans d'intervention?",
    "Comment gérez-vous les absences répétées sans diagnostic?",
    "Le comité est né le 12 mars 2020, en pleine pandémie.",
    "Notre communauté de pratique est née le 3 avril, et on la fête vendredi.",
    "La prochaine rencontre est le 12 mars 2026 à 13 h 30.",
    "On se voit le 2026-04-15 à Trois-Rivières?",
    "Les enfants de 12 ans reçoivent le rappel à l'école.",
    "Nous vaccinons les filles de 9 ans à Montréal et à Laval.",
    "Les personnes âgées de 65 ans et plus, à Québec, ont droit au vaccin gratuit.",
    "J'ai 35 ans de pratique, dont 12 à Rimouski.",
    "Un enfant de 5 ans à Noël, c'est toujours un peu fébrile!",
    "Pour un adulte de 70 kg, la dose est de 500 mg aux 6 heures.",
    "Le dossier 2026 est déjà dans le dossier partagé.",
    "Le plan 2024-2025 remplace le dossier 2023-2024.",
    "Chaque patient coûte 12000 $ par année, selon le rapport.",
    "Composez le 811 pour Info-Santé, ou le 1 800 463-2339.",
    "Mon bureau : 514 555-0199, poste 4321.",
    "Réunion Zoom : 842 1234 5678, code 220315.",
    "https://exemple.org/dossier/123456 et www.exemple.org/514-555-0199",
    "On a reçu 12 500 doses en mars 2024 0312 selon la feuille.",
    "Le code de la salle est PLAN 2024 1105.",
    "Nos bureaux ouvrent de 8 h 30 à 16 h 30, du lundi au vendredi.",
    "Version 3.14.159 du formulaire AH-223, révisée en 2019.",
    "Voir l'article 51.0.1, alinéa 2, et la loi 25.",
    "L'échelle de 0 à 10 convient dès 8 ans.",
    "Capture_Ecran.png montre le bouton dont je parle.",
    "J'ai mis Affiche_Vaccination.jpg dans le dossier commun.",
    "Le TDAH, 12 ans après : qu'est-ce qui a changé dans nos écoles?",
    "M. Tremblay donnera la formation; elle dure 3 mois.",
    "Merci à Marie et à Jean-Pierre pour le café à Gaspé!",
    "Ratio : 1 infirmière pour 1200 élèves, réparties dans 7 écoles.",
    "Good morning! Does anybody have a template for care plans?",
    "Our next meeting is on April 15, 2026 at 1:30 p.m.",
    "The project was born on March 3, 2019, over a coffee.",
    "Children aged 9 get the vaccine at school in Toronto.",
    "A record 12000 people came through our clinics this year.",
    "Call the help line at 1-866-277-3553, any time.",
    "My office line is 613 555-0142 ext. 88.",
    "I have been a nurse in Ottawa for 22 years.",
    "The new form is in the file called Team_Guide.png.",
    "In May, a child of two classes may be absent at once.",
    "We saw 15 boys and 18 girls, aged 8 to 11, in three schools.",
)
PLAIN = st.text(alphabet=string.ascii_lowercase + "éèàçêïôù',;:!? ", max_size=300)


@pytest.mark.parametrize("sentence", SEEN)
def test_a_detail_that_may_tell_who_somebody_is_is_seen(sentence: str) -> None:
    assert look(sentence) == SEEN[sentence]


@pytest.mark.parametrize("sentence", PASSED_OVER)
def test_an_ordinary_sentence_is_passed_over(sentence: str) -> None:
    assert look(sentence) is None


def test_there_are_forty_of_each() -> None:
    assert min(len(SEEN), len(PASSED_OVER)) >= 40


@given(PLAIN)
def test_words_without_a_figure_or_a_capital_are_never_seen(text: str) -> None:
    assert look(text) is None


@given(st.text(max_size=400))
@example("a" * LONGEST * 2)
@example("à " * LONGEST)
@example("1 " * LONGEST)
@example("Œuf âgée de 84 ans à Saint-Tite")
def test_anything_that_people_paste_is_read_without_a_fault(text: str) -> None:
    assert look(text) in {*SEEN.values(), None}


@given(st.sampled_from(sorted(SEEN)), PLAIN, PLAIN)
def test_a_detail_is_seen_between_other_lines(sentence: str, before: str, after: str) -> None:
    assert look(f"{before}\n{sentence}\n{after}") is not None


@given(
    st.integers(0, 99), st.integers(1, 12), st.integers(1, 31), st.booleans(), st.integers(0, 99)
)
def test_a_health_insurance_number_has_a_month_or_a_month_and_fifty(
    year: int, month: int, day: int, woman: bool, last: int
) -> None:
    tail = f"{year:02}{month + 50 * woman:02} {day:02}{last:02}"
    assert look(f"carte TREM {tail}") == "insurance"
    assert look(f"carte TREM {year:02}{month + 20:02} {day:02}{last:02}") is None


@given(
    st.integers(1_01_01_01_001_001, 2_99_12_95_999_999).filter(
        lambda n: 1 <= n // 10**8 % 100 <= 12
    )
)
def test_a_french_number_is_known_by_its_key(number: int) -> None:
    key = 97 - number % 97
    assert look(f"no {number}{key:02}") == "insurance"
    assert look(f"no {number}{key % 97 + 1:02}") != "insurance"
