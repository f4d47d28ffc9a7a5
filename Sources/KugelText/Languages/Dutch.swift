extension SentenceRules {
  static let dutch = SentenceRules(
    never: """
      dhr mevr mw mej dr drs prof ir ing mr bc st ds gen kol kap lt burg
      bijv b.v d.w.z dwz d.m.v dmv i.p.v ipv i.v.m ivm m.b.t mbt t.a.v tav t.b.v tbv t.o.v tov
      t/m t.g.v o.a oa o.l.v n.a.v nav m.i mi z.g zgn zg ca incl excl resp vgl cfr
      tel afd geb red evt evtl jl a.s v.d v.h i.c a.h.v a.d.h.v
      """,
    mayEnd: """
      max min
      enz etc e.d e.a m.n n.chr v.chr b.v n.v nv bv p.s s.v.p svp a.u.b aub
      jan feb mrt apr jun jul aug sept okt nov dec ma di wo do vr za zo
      """,
    beforeNumber: "nr nrs p pp blz pag art fig afb hfst vol dl tab str",
    starters: """
      de het een hij zij ze wij we jullie ik jij je u dit dat deze die er hier daar dan toen nu maar
      en of want dus als wanneer omdat hoewel wie wat waar waarom hoe in op aan bij met naar van voor
      uit tot om na ook niet nee ja mijn jouw zijn haar ons onze hun
      """,
    suffixesBeforeNumber: ["str"])
}
