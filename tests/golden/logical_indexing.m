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
