"""How much the bot says, and when it says almost nothing: modes, crisis, brake, what is to come."""
