imshow(uint8(zeros(10,20,3)))
title('black')
figure
subplot(1,2,1), imagesc(magic(4)), colorbar
subplot(1,2,2), plot(1:3)
%---- gives ----
