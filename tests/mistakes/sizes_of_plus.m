a = ones(2,3);
b = ones(2,2);
c = a + b;
%---- gives ----
