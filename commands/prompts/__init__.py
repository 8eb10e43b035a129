"""Discussion prompts: the bank, what is posted and answered, and the synthesis at the end [PR]."""
