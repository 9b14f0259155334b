"""How questions are asked: what a guide or an interviewer says, sentence by sentence."""
