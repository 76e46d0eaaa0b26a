fid = fopen('empty.jpg', 'w');
fclose(fid);
im = imread('empty.jpg');
%---- gives ----
