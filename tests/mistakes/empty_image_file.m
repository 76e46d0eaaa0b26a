fid = fopen('empty.jpg', 'w');
fclose(fid);
im = imread('empty.jpg');
%---- gives ----
error: Unable to determine the file format.
  empty_image_file.m:3:6
    im = imread('empty.jpg');
         ^^^^^^^^^^^^^^^^^^^
    empty.jpg is empty
