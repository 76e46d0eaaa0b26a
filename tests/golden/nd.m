A = zeros(2,2,2); A(:,:,2) = [1 2; 3 4]
size(A)
squeeze(A(1,2,:))
%---- gives ----

A(:,:,1) =

     0     0
     0     0


A(:,:,2) =

     1     2
     3     4


ans =

     2     2     2


ans =

     0
     2

