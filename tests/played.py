"""Scripts of what comes with a rhythm, and of the care for people, for every platform.

Commands have a slash, so that forms open in windows where there are any; people without windows
answer the same questions one by one.
"""

from __future__ import annotations

RHYTHM = """
claire @dm: /copain amorce planifier "toutes les deux semaines le mardi 9h30"
@skip 1m
antoine [Remplacer]
@until 2026-03-03T09:31
marie [1]
@until 2026-03-05T16:00
antoine @dm: /copain amorce relance
@until 2026-03-17T08:00
marie: Bonjour, quelqu'un a essayé?
@until 2026-03-17T09:31
antoine [Publier quand même]
antoine +21 🗑️
"""
"""Preview, replaced; published; one word in its thread; held back; published all the same; undone
in one tap."""

PROPOSALS = """
marie: /copain proposer "Comment accueillez-vous une personne stagiaire?" #releve
marie [Envoyer à l'équipe]
antoine [Modifier puis accepter]
antoine @dm: Comment accueillez-vous une ou un stagiaire?
antoine [Passer]
ibrahim @dm: /copain proposer
ibrahim @dm: Quel outil avez-vous arrêté d'utiliser, et pourquoi?
ibrahim [Proposer quand même]
claire @dm: /copain animer
claire [1 · Voir la proposition]
claire [Décliner]
claire @dm: P07 pose la même question.
ibrahim @dm: /copain proposer
marie @dm: /copain moi
marie [Mes propositions]
"""

PRIVATE = """
claire @dm: /copain réglages sans-mon-nom oui
claire [Publier]
antoine @animateurs: /copain amorce publier P07
marie [Répondre en privé]
marie @dm: Le fax du sous-sol.
marie [Publier sans mon nom]
lea [Répondre en privé]
lea @dm: Le vieux tableau partagé.
lea [Publish with my name]
ibrahim [Qui verra ça?]
@skip 1d
"""
"""Answers in private, with the name and without."""

PACE = """
claire @dm: /copain amorce planifier "toutes les deux semaines le mardi 9h30"
antoine @dm: /copain rythme
antoine [1 · Retenir]
antoine @dm: /copain rythme retirer 2
antoine [Relâcher]
antoine @dm: /copain rythme retirer 3
@until 2026-03-03T09:31
antoine @dm: /copain crise
antoine [Oui, mode crise]
marie @dm: /copain rythme
@until 2026-03-17T12:00
claire [Garder le mode crise]
antoine @dm: /copain crise fin
"""
"""What is to come, held and dropped; a crisis and its end."""

DIGEST = """
marie @dm: /copain moi
marie [Un résumé chaque mardi, 13 h]
marie [Changer de jour]
marie [Lundi]
marie [Changer d'heure]
marie [D'autres heures]
marie @dm: 11 h 30
ibrahim @dm: /copain pause jusqu'au 6 mars
antoine @dm: /copain amorce publier P06
lea ^-1: Une fiche d'une page.
@until 2026-03-04T11:00
antoine @dm: /copain amorce fermer
antoine [Garder cette réponse]
antoine @dm: Une page suffit.
antoine [Passer]
antoine [Passer]
antoine [Publier]
@until 2026-03-09T16:00
marie [Le lire maintenant]
"""
"""The digest of one, chosen; a break, and what was essential after it."""

HINTS = """
claire @dm: /copain réglages hint oui
claire @dm: /copain charte publier
marie: Un garçon de 12 ans de Forestville, dossier 774411, a le topinambour.
lea: DOB: 03/04/2015
"""
"""A word to who just wrote a telling detail: whispered where a platform whispers."""
