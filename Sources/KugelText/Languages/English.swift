extension SentenceRules {
  static let english = SentenceRules(
    never: """
      St Mt Hon Rev Det Fr Gov
      dr mr mrs ms mx messrs prof Gen Col Maj capt lt sgt cpl cmdr
      adm brig Sen Rep Pres supt insp amb atty pvt
      vs e.g i.e eg ie viz cf ca approx c.f esp incl excl resp rs
      """,
    mayEnd: """
      ft st
      etc al et.al co inc ltd corp plc llc bros jr sr esq dept dist assn assoc univ est ave blvd rd
      hwy apt bldg sq a.m p.m b.c a.d b.c.e c.e d.c ph.d m.d b.a m.a b.sc
      m.sc d.phil r.i.p a.k.a p.s oz lb lbs yr yrs hr hrs min mins sec secs ibid misc temp max
      Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
      """,
    beforeNumber: """
      No Nos n° p pp vol vols fig figs ch chs chap chaps sec sect sects art arts eq ex op pt para paras nr
      tel ext ver bk v vv Exod Lev Deut Josh Ps Prov Eccl Isa Jer Ezek Dan Matt Rom Cor Gal Eph Phil
      Thess Tim Heb Jas Pet
      """,
    starters: """
      the a an this that these those he she it we they i you his her its our their my your there here
      what when where who why how which if but and or so then now no yes not in on at as for from with
      after before because although while since until however moreover meanwhile still also
      is are was were have has had am do does did can could will would should may might let please
      """,
    answers: "No")
}
