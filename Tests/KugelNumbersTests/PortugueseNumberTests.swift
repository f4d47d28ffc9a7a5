import Testing

@Test(arguments: [
  ("Custa R$ 3,50 hoje.", "Custa três reais e cinquenta centavos hoje."),
  ("Custa R$1 só.", "Custa um real só."),
  ("Custa 3,50 € hoje.", "Custa três euros e cinquenta cêntimos hoje."),
  ("Por R$ 0,99 apenas.", "Por noventa e nove centavos apenas."),
  ("São R$ 5 milhões gastos.", "São cinco milhões de reais gastos."),
  ("São 200 £ por mês.", "São duzentas libras por mês."),
  ("Em 5 de janeiro de 2024.", "Em cinco de janeiro de dois mil e vinte e quatro."),
  ("No 1º de maio.", "No primeiro de maio."),
  ("Em 25/12/2024 fecha.", "Em vinte e cinco de dezembro de dois mil e vinte e quatro fecha."),
  ("Em 2024-03-08.", "Em oito de março de dois mil e vinte e quatro."),
  ("Nasceu em 12 out. 1990.", "Nasceu em doze de outubro de mil novecentos e noventa."),
  ("Às 14h30 em ponto.", "Às quatorze e trinta em ponto."),
  ("Às 14:30 em ponto.", "Às quatorze e trinta em ponto."),
  ("Às 2h da tarde.", "Às duas horas da tarde."),
  ("À 1:00 da manhã.", "À uma hora da manhã."),
  ("Às 21:15 começa.", "Às vinte e uma e quinze começa."),
  ("Faltam 5 km ainda.", "Faltam cinco quilômetros ainda."),
  ("A 120 km/h.", "A cento e vinte quilômetros por hora."),
  ("Pesa 1 kg.", "Pesa um quilograma."),
  ("São 2 t de areia.", "São 2 t de areia."),
  ("Ponha 250g de farinha.", "Ponha duzentos e cinquenta gramas de farinha."),
  ("São 1,5 l de água.", "São um vírgula cinco litros de água."),
  ("Tem 16 GB livres.", "Tem dezesseis gigabytes livres."),
  ("Faz 20 °C.", "Faz vinte graus Celsius."),
  ("Faz -5 °C.", "Faz menos cinco graus Celsius."),
  ("Cerca de 25 % mais.", "Cerca de vinte e cinco por cento mais."),
  ("Cerca de 3,5% mais.", "Cerca de três vírgula cinco por cento mais."),
  ("Pi é 3,14.", "Pi é três vírgula quatorze."),
  (
    "São 1.234.567 pessoas.",
    "São um milhão duzentos e trinta e quatro mil quinhentos e sessenta e sete pessoas."
  ),
  ("Uns 5\u{A0}000 km.", "Uns cinco mil quilômetros."),
  ("São 1.200 km.", "São mil e duzentos quilômetros."),
  ("O 2º andar.", "O segundo andar."),
  ("A 3ª vez.", "A terceira vez."),
  ("O 12º dia.", "O décimo segundo dia."),
  ("Páginas 5–10.", "Páginas cinco a dez."),
  ("Leve 3-4 kg.", "Leve três a quatro quilogramas."),
  (
    "Ligue +55 11 91234 5678.",
    "Ligue mais cinco cinco, um um, nove um dois três quatro, cinco seis sete oito."
  ),
  ("São 2/3 do total.", "São dois terços do total."),
  ("Após 1½ dias.", "Após um e meio dias."),
  ("A versão 2.0.1 saiu.", "A versão dois ponto zero ponto um saiu."),
  ("Abra relatório.pdf já.", "Abra relatório ponto pdf já."),
  ("Desde 1999 aqui.", "Desde mil novecentos e noventa e nove aqui."),
  ("Veja capítulo IV.", "Veja capítulo quatro."),
  ("Dom João VI reinou.", "Dom João sexto reinou."),
])
func `Portuguese numbers are read as a reader would`(written: String, spoken: String) {
  #expect(spelled(written, "pt") == spoken)
}

@Test(arguments: [
  "Tenho 2 gatos.", "Ficou 3-1.", "O ônibus 42 chega.", "MP3 e B2B.", "Tenho 5.", "Página 12.",
])
func `what is unsure in Portuguese is left to the engine`(text: String) {
  #expect(spelled(text, "pt") == text)
}
