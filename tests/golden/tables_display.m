format compact
T = table([1;2],{'a';'b'})
disp(T)
T.Properties.VariableNames = {'id','label'};
T.Properties.VariableUnits = {'','-'};
T.Properties
format loose
T2 = [T; {3,'c'}]
[T table([5;6],'VariableNames',{'z'})]
wide = array2table(reshape(1:40,2,20)*1000.5)
format long
table([pi;1])
nested = table([1;2], table([3;4],[5;6],'VariableNames',{'p','q'}), 'VariableNames', {'a','in'})
%---- gives ----
T =
  2×2 table
    Var1    Var2 
    ____    _____
     1      {'a'}
     2      {'b'}
    Var1    Var2 
    ____    _____
     1      {'a'}
     2      {'b'}
ans = 
  TableProperties with properties:
             Description: ''
                UserData: []
          DimensionNames: {'Row'  'Variables'}
           VariableNames: {'id'  'label'}
           VariableTypes: ["double"    "cell"]
    VariableDescriptions: {}
           VariableUnits: {''  '-'}
      VariableContinuity: []
                RowNames: {}
        CustomProperties: No custom properties are set.
      Use addprop and rmprop to modify CustomProperties.

T2 =

  3×2 table

    id    label
    __    _____

    1     {'a'}
    2     {'b'}
    3     {'c'}


ans =

  2×3 table

    id    label    z
    __    _____    _

    1     {'a'}    5
    2     {'b'}    6


wide =

  2×20 table

     Var1      Var2      Var3      Var4      Var5     Var6     Var7     Var8 
    ______    ______    ______    ______    ______    _____    _____    _____

    1000.5    3001.5    5002.5    7003.5    9004.5    11006    13006    15008
      2001      4002      6003      8004     10005    12006    14007    16008

    Var9     Var10    Var11    Var12    Var13    Var14    Var15    Var16
    _____    _____    _____    _____    _____    _____    _____    _____

    17008    19010    21010    23012    25012    27014    29014    31016
    18009    20010    22011    24012    26013    28014    30015    32016

    Var17    Var18    Var19    Var20
    _____    _____    _____    _____

    33016    35018    37018    39020
    34017    36018    38019    40020


ans =

  2×1 table

          Var1      
    ________________

    3.14159265358979
                   1


nested =

  2×2 table

    a      in  
    _    ______
         p    q
         _    _

    1    3    5
    2    4    6

