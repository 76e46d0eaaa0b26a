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
