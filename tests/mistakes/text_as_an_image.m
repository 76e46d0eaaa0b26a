fid = fopen('notes.png', 'w');
fprintf(fid, 'not a picture');
fclose(fid);
im = imread('notes.png');
%---- gives ----
error: Unable to determine the file format.
  text_as_an_image.m:4:6
    im = imread('notes.png');
         ^^^^^^^^^^^^^^^^^^^
    notes.png holds text
