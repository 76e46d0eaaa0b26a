imshow(uint8(zeros(10,20,3)))
title('black')
figure
subplot(1,2,1), imagesc(magic(4)), colorbar
subplot(1,2,2), plot(1:3)
%---- gives ----
figure 1: image 10x20x3, title 'black'
figure 2: axes 1: image 4x4, colorbar; axes 2: line 3 points
