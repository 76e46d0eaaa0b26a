T = table([1; 2]);
T(1)
%---- gives ----
error: Subscripting into a table using one subscript (as in t(i)) is not supported. Specify a row subscript and a variable subscript, as in t(rows,vars). To select variables, use t(:,i) or for one variable t.(i). To select rows, use t(i,:).
  table_with_one_subscript.m:2:1
    T(1)
    ^^^^
