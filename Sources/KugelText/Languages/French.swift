extension SentenceRules {
  static let french = SentenceRules(
    never: """
      M Col Cap Me
      mm mme mmes mlle mlles dr drs pr prof mgr mgrs st ste sts stes av bd boul pl fg r.p gal
      lt cdt sgt p.ex par.ex c.-à-d c.à.d càd i.e e.g cf env approx tél resp adj dir hab
      ci-ap éd coll trad dép réf
      """,
    mayEnd: """
      etc a.m p.m s.a s.a.r.l s.a.s n.b p.s s.v.p svp min max sec apr
      janv févr mars avr juil sept oct nov déc lun mar mer jeu ven sam dim
      """,
    beforeNumber: "n no nos p pp art fig vol chap ch t tome al sect ex",
    starters: """
      le la les l un une des il elle ils elles on nous vous je tu ce cet cette ces c ça cela
      mais et ou donc or ni car si quand que qui quoi où comment pourquoi dans en à au aux sur pour
      par avec sans après avant alors puis ensuite mon ma mes son sa ses notre votre leur leurs
      """)
}
