// What listens to the signals of auth: whatever signs people in or out imports this file once.
import '@/lib/extras/throttling/receivers';
