montage('nothing_here.png')
%---- gives ----
