imshow(zeros(4,4,2))
%---- gives ----
