extension SentenceRules {
  static let portuguese = SentenceRules(
    never: """
      D R Sto Sta
      sr sra srs sras srta srtas dr dra drs dras prof profa profª eng engª arq exmo exma ilmo ilma
      fr pe gen cel ten sgt maj pres av al pç pça rod p.ex p.e ex cf
      cfr aprox ca tel dep depto v.exa v.sa v.ex gov
      """,
    mayEnd: """
      etc s.a ltda cia a.c d.c a.m p.m n.b p.s e.u.a máx mín lda
      jan fev mar abr mai jun jul ago set out nov dez seg ter qua qui sex sáb dom
      """,
    beforeNumber: "n nº núm p pp pág págs art arts fig figs vol cap caps t tomo",
    starters: """
      o a os as um uma uns umas ele ela eles elas nós eu tu você vocês este esta isto esse essa isso
      aquele aquela mas e ou se quando que quem como onde porque em no na nos nas ao com sem por para
      depois antes então também não sim seu sua meu minha há é era foi
      """)
}
