"""The members' digest: what is worth a look, in under 120 words, when somebody wants it [SU-4]."""
