"""Programs about programs: functions, classes, errors, paths, preferences, help."""
