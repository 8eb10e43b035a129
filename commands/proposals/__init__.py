"""Questions that members propose for the bank, and what the animators make of them [PR-1]."""
