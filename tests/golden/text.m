a = 'hello'
b = "hello"
c = ['ab'; 'cd']
d = ["one" "two"; "three" "four"]
e = ''
f = ""
g = ['a' 66 'c']
h = "a" + 1
n = strlength(d)
%---- gives ----
