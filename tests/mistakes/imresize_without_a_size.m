imresize(ones(4))
%---- gives ----
