T = readtable('results.csv');
%---- gives ----
error: Unable to find or open 'results.csv'. Check the path and filename or file permissions.
  missing_table_file.m:1:5
    T = readtable('results.csv');
        ^^^^^^^^^^^^^^^^^^^^^^^^
