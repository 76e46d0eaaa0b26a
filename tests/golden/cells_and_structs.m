c = {1, 'two', [3 4 5]; {6}, @sin, "s"}
e = {}
s.name = 'net';
s.size = [227 227 3];
s.inner.x = 1;
s
t(2).a = 5
t(2)
q = struct('a', {{1,2}})
cell(2,3)
%---- gives ----

c =

  2×3 cell array

    {[     1]}    {'two'}    {[3 4 5]}
    {1×1 cell}    {@sin }    {["s"  ]}


e =

  0×0 empty cell array


s = 

  struct with fields:

     name: 'net'
     size: [227 227 3]
    inner: [1×1 struct]


t = 

  1×2 struct array with fields:

    a


ans = 

  struct with fields:

    a: 5


q = 

  struct with fields:

    a: {[1]  [2]}


ans =

  2×3 cell array

    {0×0 double}    {0×0 double}    {0×0 double}
    {0×0 double}    {0×0 double}    {0×0 double}

