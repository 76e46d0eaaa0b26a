disp('hello)
%---- gives ----
