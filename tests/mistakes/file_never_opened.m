fid = fopen('no_such_file.txt');
line = fgetl(fid);
%---- gives ----
error: Invalid file identifier. Use fopen to generate a valid file identifier.
  file_never_opened.m:2:8
    line = fgetl(fid);
           ^^^^^^^^^^
    got -1
  + fopen gives -1 when it cannot open a file
