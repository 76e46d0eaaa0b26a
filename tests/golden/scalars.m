x = 5
y = -0.5
z = pi
big = 123456.789
small = 1e-10
nan = NaN
inf = -Inf
c = 3 + 4i
l = true
s = single(2.5)
u = uint8(200) + 100
i = int16(-7) / 2
%---- gives ----
