A = zeros(3);
A(2,:) = [1 2];
%---- gives ----
