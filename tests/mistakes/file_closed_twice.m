fid = fopen('a.txt', 'w');
fclose(fid);
fclose(fid);
%---- gives ----
error: Invalid file identifier. Use fopen to generate a valid file identifier.
  file_closed_twice.m:3:1
    fclose(fid);
    ^^^^^^^^^^^
    got 3
