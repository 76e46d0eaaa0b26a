x = [4 8 15 16 23 42];
x(x > 10)
x(logical([1 0 1 0 0 0]))
A = magic(3);
A(A > 5)'
A(2,:)
A(:)'
A(end,end)
[r, c] = find(A > 7)
any(x > 40), all(x > 3)
%---- gives ----

ans =

    15    16    23    42


ans =

     4    15


ans =

     8     9     6     7


ans =

     3     5     7


ans =

     8     3     4     1     5     9     6     7     2


ans =

     2


r =

     1
     3


c =

     1
     2


ans =

  logical

   1


ans =

  logical

   1

