"""Animators take back or correct what the bot said in their spaces [AT-6]."""
