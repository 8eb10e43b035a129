"""What happens because time passes: due timers become events, and the house is kept clean.

The truth about time is rows with a due date in storage. `engine` turns a few cranks with
APScheduler and is the only file that imports it; `ring` turns due rows into `TimerDue` events.
"""
