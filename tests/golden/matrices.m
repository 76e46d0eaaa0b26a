A = magic(4)
B = [1.5 2; 1000.25 4]
C = [1e6 1; 2 3]
D = [NaN 1; -Inf 2]
E = [1+2i 3; 4 5i]
F = zeros(0,3)
G = []
H = 1:20
K = rand(0,0)
L = [true false]
M = uint8([1 2; 30 255])
N = single([1.5 2.25])
%---- gives ----
