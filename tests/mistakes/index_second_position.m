A = magic(3);
y = A(2,7);
%---- gives ----
