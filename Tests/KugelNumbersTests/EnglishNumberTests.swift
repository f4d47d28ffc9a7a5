import Testing

@Test(arguments: [
  ("It costs $3.50 now.", "It costs three dollars and fifty cents now."),
  ("Pay €50.99 or £1.", "Pay fifty euros and ninety-nine cents or one pound."),
  ("Only $0.99 each.", "Only ninety-nine cents each."),
  ("A $5 million deal.", "A five million dollars deal."),
  ("It raised $2.5B.", "It raised two point five billion dollars."),
  ("On 01/15/2024 it began.", "On January fifteenth twenty twenty-four it began."),
  ("On 2024-01-15 it began.", "On January fifteenth twenty twenty-four it began."),
  ("On January 5, 2024 it began.", "On January fifth twenty twenty-four it began."),
  ("Until 3 May 1999.", "Until May third nineteen ninety-nine."),
  ("On Feb. 29 they met.", "On February twenty-ninth they met."),
  ("At 2:30 PM we left.", "At two thirty PM we left."),
  ("At 10:05 we left.", "At ten oh five we left."),
  ("At 9:00 we left.", "At nine o'clock we left."),
  ("At 5 p.m. we left.", "At five PM we left."),
  ("The train goes at 14:30.", "The train goes at fourteen thirty."),
  ("It took 1:02:03.", "It took one oh two and three seconds."),
  ("About 5 km away.", "About five kilometres away."),
  ("At 100km/h.", "At one hundred kilometres per hour."),
  ("One is 1 kg.", "One is one kilogram."),
  ("It has 16 GB of memory.", "It has sixteen gigabytes of memory."),
  ("It is 20 °C outside.", "It is twenty degrees Celsius outside."),
  ("It was -5° at night.", "It was minus five degrees at night."),
  ("Up 3.5% today.", "Up three point five percent today."),
  ("Pi is 3.14159.", "Pi is three point one four one five nine."),
  (
    "A total of 1,234,567 people.",
    "A total of one million two hundred thirty-four thousand five hundred sixty-seven people."
  ),
  ("The 1st, 2nd and 23rd.", "The first, second and twenty-third."),
  ("On the 12th floor.", "On the twelfth floor."),
  ("Read pages 5–10.", "Read pages five to ten."),
  ("From 1990–1995.", "From nineteen ninety to nineteen ninety-five."),
  ("Take 3-4 kg.", "Take three to four kilograms."),
  ("Call 555-123-4567.", "Call five five five, one two three, four five six seven."),
  ("Call +1 555 123 4567.", "Call plus one, five five five, one two three, four five six seven."),
  ("Call (555) 123-4567.", "Call five five five, one two three, four five six seven."),
  ("Add 1/2 cup.", "Add one half cup."),
  ("Add 2 3/4 cups.", "Add two and three quarters cups."),
  ("Wait 1½ hours.", "Wait one and a half hours."),
  ("Version 2.0.1 is out.", "Version two point zero point one is out."),
  ("Use v3.11 then.", "Use v three point eleven then."),
  ("Open main.swift first.", "Open main dot swift first."),
  ("Node.js runs on example.com.", "Node dot js runs on example dot com."),
  ("In 1999 and in 2024.", "In nineteen ninety-nine and in twenty twenty-four."),
  ("See Chapter IV of World War II.", "See Chapter four of World War two."),
  ("Henry VIII ruled.", "Henry the eighth ruled."),
  ("Room #12 is free.", "Room number twelve is free."),
  ("They sold 5\u{A0}000 units.", "They sold five thousand units."),
])
func `English numbers are read as a reader would`(written: String, spoken: String) {
  #expect(spelled(written, "en") == spoken)
}

@Test(arguments: [
  "I have 2 cats.", "Flight 747 to gate 12.", "MP3 and B2B and 3D.", "Score 3-1 today.",
  "It is 24/7.", "I am 5.", "Bus 42 leaves.", "Use 0x1F or 007.", "It is 16:9.",
  "1. First", "Call me Ishmael.", "I think so. It is.", "U.S. and e.g. this.",
  "A1-B2/C3", "100000000000000000000", "Mix IV fluids.", "version 2", "a.b.c",
])
func `what is unsure in English is left to the engine`(text: String) {
  #expect(spelled(text, "en") == text)
}
