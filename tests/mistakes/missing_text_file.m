t = fileread('notes.txt');
%---- gives ----
error: Could not open file notes.txt. No such file or directory.
  missing_text_file.m:1:5
    t = fileread('notes.txt');
        ^^^^^^^^^^^^^^^^^^^^^
