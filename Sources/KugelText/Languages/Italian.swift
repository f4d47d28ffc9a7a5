extension SentenceRules {
  static let italian = SentenceRules(
    never: """
      ca
      sig sigg sig.ra sig.na sigra signa dott dott.ssa dottssa dr dr.ssa prof prof.ssa profssa ing
      avv arch geom rag on mons s.e ss gen col cap ten ecc.za p.es per.es es
      cfr cf v.d p.zza c.so v.le tel spett egr gent pres dir rev
      """,
    mayEnd: """
      ecc etc s.p.a spa s.r.l srl s.n.c a.c d.c a.m p.m n.b p.s u.s.a c.a
      genn febbr mar apr mag giu lug ago sett ott nov dic lun mer gio ven sab dom max
      """,
    beforeNumber: "n nn nr num p pp pag pagg art artt fig figg vol voll cap capp t tav",
    starters: """
      il lo la i gli le l un uno una egli lui lei noi voi loro io tu esso essa essi questo questa
      questi queste quello quella ma e o se quando che chi cosa come dove perché in a al con senza per
      dopo prima poi allora anche non sì no suo sua mio mia è era c
      """)
}
