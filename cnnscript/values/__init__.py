"""What a variable holds: values, their operators, indexing, and the words of their errors.

Numbers, text and logicals are plain Python and NumPy values wherever MATLAB's meaning is NumPy's; a class only where
it is not.

What a value is:
    numeric        numbers and logicals, and the gate `norm` that every NumPy result passes
    text           char arrays and string arrays; text_pattern: patterns that find text
    structs, functions, inline_functions, categorical
                   structs; function handles; expressions with parameters of old; codes into a list of names
    tables, rows, table_properties, table_joining
                   named variables of equally many rows: themselves, their rows, what is said of them, operators on them
    times, calendar_times, time_text, time_zones
                   datetime and duration; lengths in months and days; both as text; clocks of places
    dlarrays, dimension_labels
                   arrays whose computations a tape may record; the labels of their dimensions
    sparse, compressed, sparse_operators, sparse_solving
                   matrices that hold only what is not zero; SciPy's columns in them
    objects, named_values
                   what every object answers; those that are no more than names and values
    instances, number_objects
                   objects of a program's classes; those that derive from numbers or text

What is done with values:
    take           arguments of built-ins: one script value in, one Python value out, or a ScriptError that names it
    indexing, selecting
                   reading parts; which elements subscripts name
    assignment, placing, writing
                   writing parts; where elements go; what the right side becomes
    concatenate, ranges, transposed
                   [a b], a:b, a'
    operators, operands, arithmetic, integer, compare, matrices
                   the operators of the language: what they share, and their cases
    convert, from_python
                   between classes; from Python's values
    sharing, memory, warn
                   when a value may be changed in place; how large one may be; warnings
"""
