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

a =

    'hello'


b = 

    "hello"


c =

  2×2 char array

    'ab'
    'cd'


d = 

  2×2 string array

    "one"      "two" 
    "three"    "four"


e =

  0×0 empty char array


f = 

    ""


g =

    'aBc'


h = 

    "a1"


n =

     3     3
     5     4

