"""What concerns oneself: settings, breaks, profile; on one screen and each by its word [AT-3]."""
