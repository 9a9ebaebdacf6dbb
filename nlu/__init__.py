"""Language: from a message to values.

Only `components`, `evaluate` and `evaluation` know Rasa; everything else is pure.

A message is respelt and stripped of what only looks like time (`prepared`). Clock times (`clocks`,
`hours`), lengths, moves and zones are read from it, days come from Duckling (`dates`) or are read here
(`owndates`, `ownweeks`, `writtendates`, `dateranges`, `missingdates`). `timephrases` makes a `TimeWish` of
them (`wishes`, `stretches`), which `following` carries on and `windows` turns into UTC. The words and
patterns of all that are tables (`language`), those of English in `english`. Names, people, addresses and
other details have a file each; `entities` puts them together in the form that Rasa hands on.
"""
