fid = fopen('notes.png', 'w');
fprintf(fid, 'not a picture');
fclose(fid);
im = imread('notes.png');
%---- gives ----
